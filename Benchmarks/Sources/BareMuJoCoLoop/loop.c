#include "BareMuJoCoLoop.h"

#include <mujoco/mujoco.h>
#include <stdlib.h>
#include <string.h>

struct bare_loop {
  mjModel *model;
  mjData *data;
};

bare_loop *bare_loop_make(const char *path) {
  mjModel *model = mj_loadXML(path, NULL, NULL, 0);
  if (!model) {
    return NULL;
  }
  bare_loop *loop = malloc(sizeof *loop);
  loop->model = model;
  loop->data = mj_makeData(model);
  return loop;
}

void bare_loop_run(bare_loop *loop, double *qpos, const double *qvel, const double *controls,
                   int steps, int frames) {
  const mjModel *model = loop->model;
  mjData *data = loop->data;
  mj_resetData(model, data);
  memcpy(data->qpos, qpos, sizeof(double) * (size_t)model->nq);
  memcpy(data->qvel, qvel, sizeof(double) * (size_t)model->nv);
  mj_forward(model, data);
  for (int step = 0; step < steps; step++) {
    memcpy(data->ctrl, controls + step * model->nu, sizeof(double) * (size_t)model->nu);
    for (int frame = 0; frame < frames; frame++) {
      mj_step(model, data);
    }
  }
  memcpy(qpos, data->qpos, sizeof(double) * (size_t)model->nq);
}
