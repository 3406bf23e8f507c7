#ifndef CHROMATIC_BARE_MUJOCO_LOOP_H
#define CHROMATIC_BARE_MUJOCO_LOOP_H

// Nothing but mj_step under given controls: what no environment on MuJoCo can beat.
typedef struct bare_loop bare_loop;

// Loads the MJCF file; NULL if MuJoCo cannot.
bare_loop *_Nullable bare_loop_make(const char *_Nonnull path);

// From the given state, `steps` times: sets one row of controls and calls mj_step `frames` times.
// The final positions are left in qpos.
void bare_loop_run(bare_loop *_Nonnull loop, double *_Nonnull qpos, const double *_Nonnull qvel,
                   const double *_Nonnull controls, int steps, int frames);

#endif
