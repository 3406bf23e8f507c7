#include "CMuJoCoGuard.h"

#include <stdio.h>
#include <stdlib.h>

#include "recovery.h"

struct guarded_renderer {
  const mjModel *model;
  mjrRect viewport;
  mjvScene scene;
  mjvOption option;
  mjrContext context;
};

enum { most_shapes = 10000 };

static void prepare(guarded_renderer *renderer) {
  mjv_makeScene(renderer->model, &renderer->scene, most_shapes);
  mjr_makeContext(renderer->model, &renderer->context, mjFONTSCALE_100);
  mjr_resizeOffscreen(renderer->viewport.width, renderer->viewport.height, &renderer->context);
  mjr_setBuffer(mjFB_OFFSCREEN, &renderer->context);
}

static guarded_result try_to_prepare(guarded_renderer *renderer) {
  GUARDED(prepare(renderer), guard_message);
  if (renderer->context.currentBuffer != mjFB_OFFSCREEN) {
    snprintf(guard_message, sizeof guard_message, "OpenGL has no offscreen buffer");
    return guard_message;
  }
  return NULL;
}

guarded_renderer *guarded_make_renderer(const mjModel *model, int width, int height,
                                        guarded_result *failure) {
  guarded_renderer *renderer = calloc(1, sizeof *renderer);
  if (!renderer) {
    *failure = "no memory for a renderer";
    return NULL;
  }
  renderer->model = model;
  renderer->viewport = (mjrRect){0, 0, width, height};
  mjv_defaultScene(&renderer->scene);
  mjv_defaultOption(&renderer->option);
  mjr_defaultContext(&renderer->context);
  *failure = try_to_prepare(renderer);
  if (!*failure) {
    return renderer;
  }
  free_renderer(renderer);
  return NULL;
}

static void draw(guarded_renderer *renderer, mjData *data, mjvCamera *camera,
                 unsigned char *pixels) {
  mjv_updateScene(renderer->model, data, &renderer->option, NULL, camera, mjCAT_ALL,
                  &renderer->scene);
  mjr_render(renderer->viewport, &renderer->scene, &renderer->context);
  mjr_readPixels(pixels, NULL, renderer->viewport, &renderer->context);
}

guarded_result guarded_draw(guarded_renderer *renderer, mjData *data, mjvCamera *camera,
                            unsigned char *pixels) {
  GUARDED(draw(renderer, data, camera, pixels), guard_message);
  return NULL;
}

void free_renderer(guarded_renderer *renderer) {
  mjr_freeContext(&renderer->context);
  mjv_freeScene(&renderer->scene);
  free(renderer);
}
