#include "CMuJoCoGuard.h"

#include <pthread.h>
#include <stdio.h>
#include <string.h>

#include "recovery.h"

_Thread_local jmp_buf *guard_recovery_point;
_Thread_local char guard_message[1024];

static void keep_first_line(void) { guard_message[strcspn(guard_message, "\n")] = '\0'; }

static void receive(const mjLogMessage *log) {
  if (log->level != mjLOG_ERROR) {
    return;
  }
  snprintf(guard_message, sizeof guard_message, "%s", log->subject);
  keep_first_line();
  if (guard_recovery_point) {
    longjmp(*guard_recovery_point, 1);
  }
  fprintf(stderr, "MuJoCo: %s\n", guard_message);
}

static void install_handler(void) { mju_setLogHandler(receive); }

// MuJoCo's compiler is used by one thread at a time.
static pthread_mutex_t compiling = PTHREAD_MUTEX_INITIALIZER;

static void begin_loading(void) {
  static pthread_once_t once = PTHREAD_ONCE_INIT;
  pthread_once(&once, install_handler);
  pthread_mutex_lock(&compiling);
  guard_message[0] = '\0';
}

static mjModel *end_loading(mjModel *model, guarded_result *failure) {
  keep_first_line();
  *failure = model ? NULL : guard_message;
  pthread_mutex_unlock(&compiling);
  return model;
}

static guarded_result first_warning(const mjData *data) {
  for (int kind = 0; kind < mjNWARNING; kind++) {
    if (data->warning[kind].number > 0) {
      return mju_warningText(kind, (size_t)data->warning[kind].lastinfo);
    }
  }
  return NULL;
}

static guarded_result first_bad_number(const char *name, const mjtNum *values, mjtSize count) {
  for (mjtSize i = 0; i < count; i++) {
    if (mju_isBad(values[i])) {
      snprintf(guard_message, sizeof guard_message, "Nan, Inf or huge value in %s at %d", name, (int)i);
      return guard_message;
    }
  }
  return NULL;
}

mjModel *guarded_load(const char *path, guarded_result *failure) {
  begin_loading();
  return end_loading(mj_loadXML(path, NULL, guard_message, sizeof guard_message), failure);
}

mjModel *guarded_compile(const char *mjcf, guarded_result *failure) {
  begin_loading();
  mjSpec *spec = mj_parseXMLString(mjcf, NULL, guard_message, sizeof guard_message);
  mjModel *model = spec ? mj_compile(spec, NULL) : NULL;
  if (spec && !model) {
    snprintf(guard_message, sizeof guard_message, "%s", mjs_getError(spec));
  }
  mj_deleteSpec(spec);
  return end_loading(model, failure);
}

mjData *guarded_make_data(const mjModel *model, guarded_result *failure) {
  mjData *volatile data = NULL;
  *failure = guard_message;
  GUARDED(data = mj_makeData(model), NULL);
  if (data) {
    *failure = NULL;
  } else {
    snprintf(guard_message, sizeof guard_message, "no memory for the simulation state");
  }
  return data;
}

guarded_result guarded_reset(const mjModel *model, mjData *data, int keyframe) {
  GUARDED(mj_resetDataKeyframe(model, data, keyframe), guard_message);
  return NULL;
}

guarded_result guarded_forward(const mjModel *model, mjData *data) {
  GUARDED(mj_forward(model, data), guard_message);
  return first_warning(data);
}

static void advance(const mjModel *model, mjData *data, int frames, bool contact_forces) {
  for (int frame = 0; frame < frames; frame++) {
    mj_step(model, data);
  }
  if (contact_forces) {
    mj_rnePostConstraint(model, data);
  }
}

guarded_result guarded_step(const mjModel *model, mjData *data, int frames, bool contact_forces) {
  GUARDED(advance(model, data, frames, contact_forces), guard_message);
  guarded_result failure = first_warning(data);
  failure = failure ? failure : first_bad_number("QPOS", data->qpos, model->nq);
  return failure ? failure : first_bad_number("QVEL", data->qvel, model->nv);
}
