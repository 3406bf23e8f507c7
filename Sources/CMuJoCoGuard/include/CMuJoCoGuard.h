#ifndef CHROMATIC_MUJOCO_GUARD_H
#define CHROMATIC_MUJOCO_GUARD_H

#include <stdint.h>

#include <mujoco/mujoco.h>
#include <stdbool.h>

// Calls into MuJoCo that return where MuJoCo would end the process.
//
// MuJoCo reports a fatal error through a handler that must not return, and prints warnings and
// errors to the console and MUJOCO_LOG.TXT. Here both come back as values; nothing is printed.
// After a failure the simulation state is unusable until guarded_reset.

// A message, or NULL for success; valid until this thread's next guarded call.
typedef const char *_Nullable guarded_result;

// Loads an MJCF file, one at a time; NULL with *failure set if it cannot be compiled.
mjModel *_Nullable guarded_load(const char *_Nonnull path, guarded_result *_Nonnull failure);

// Compiles MJCF text; NULL with *failure set if it cannot be compiled.
mjModel *_Nullable guarded_compile(const char *_Nonnull mjcf, guarded_result *_Nonnull failure);

// Allocates the state of one simulation; NULL with *failure set if there is no memory for it.
mjData *_Nullable guarded_make_data(const mjModel *_Nonnull model, guarded_result *_Nonnull failure);

// Sets every field to its default or, if there is a keyframe of that number, to what it holds; clears
// counted warnings.
guarded_result guarded_reset(const mjModel *_Nonnull model, mjData *_Nonnull data, int keyframe);

// Computes what follows from positions and velocities (mj_forward).
guarded_result guarded_forward(const mjModel *_Nonnull model, mjData *_Nonnull data);

// Advances by `frames` time steps and, if asked, computes contact forces (mj_rnePostConstraint).
// Fails if MuJoCo warned since the last reset or a position or velocity is not a usable number:
// MuJoCo itself would reset such a state and carry on.
guarded_result guarded_step(const mjModel *_Nonnull model, mjData *_Nonnull data, int frames,
                            bool contact_forces);

// The start of a digest: FNV-1a's 64-bit offset basis.
uint64_t digest_of_nothing(void);

// `digest` continued by some bytes (FNV-1a, 64 bits): tells mistaken files, not malicious ones.
uint64_t digest_bytes(uint64_t digest, const void *_Nullable bytes, size_t count);

// `digest` continued by all that was compiled into a model, so by included files and meshes too,
// wherever they lie.
uint64_t digest_model(uint64_t digest, const mjModel *_Nonnull model);

// Draws a model into memory. Belongs to the thread whose OpenGL context was current when it was made.
typedef struct guarded_renderer guarded_renderer;

// A renderer of pictures of the given size; NULL with *failure set if OpenGL cannot do it.
guarded_renderer *_Nullable guarded_make_renderer(const mjModel *_Nonnull model, int width,
                                                  int height, guarded_result *_Nonnull failure);

// Draws a state as seen by a camera, which may follow it, into width x height x 3 bytes of RGB from
// the lowest row to the highest. What the physics compute from is not changed.
guarded_result guarded_draw(guarded_renderer *_Nonnull renderer, mjData *_Nonnull data,
                            mjvCamera *_Nonnull camera, unsigned char *_Nonnull pixels);

// Frees a renderer, on its own thread while the context is current.
void free_renderer(guarded_renderer *_Nonnull renderer);

#endif
