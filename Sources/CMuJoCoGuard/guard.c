#include "CMuJoCoGuard.h"

#include <pthread.h>
#include <setjmp.h>
#include <stdio.h>
#include <string.h>

static _Thread_local jmp_buf *recovery_point;
static _Thread_local char message[1024];

static void keep_first_line(void) { message[strcspn(message, "\n")] = '\0'; }

static void receive(const mjLogMessage *log) {
  if (log->level != mjLOG_ERROR) {
    return;
  }
  snprintf(message, sizeof message, "%s", log->subject);
  keep_first_line();
  if (recovery_point) {
    longjmp(*recovery_point, 1);
  }
  fprintf(stderr, "MuJoCo: %s\n", message);
}

static void install_handler(void) { mju_setLogHandler(receive); }

static void begin_loading(void) {
  static pthread_once_t once = PTHREAD_ONCE_INIT;
  pthread_once(&once, install_handler);
  message[0] = '\0';
}

static mjModel *end_loading(mjModel *model, guarded_result *failure) {
  keep_first_line();
  *failure = model ? NULL : message;
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
      snprintf(message, sizeof message, "Nan, Inf or huge value in %s at %d", name, (int)i);
      return message;
    }
  }
  return NULL;
}

// Runs the statement; an error inside it makes the enclosing function return `value`.
#define GUARDED(statement, value)   \
  do {                              \
    jmp_buf here;                   \
    if (setjmp(here)) {             \
      recovery_point = NULL;        \
      return value;                 \
    }                               \
    recovery_point = &here;         \
    statement;                      \
    recovery_point = NULL;          \
  } while (0)

mjModel *guarded_load(const char *path, guarded_result *failure) {
  begin_loading();
  return end_loading(mj_loadXML(path, NULL, message, sizeof message), failure);
}

mjModel *guarded_compile(const char *mjcf, guarded_result *failure) {
  begin_loading();
  mjSpec *spec = mj_parseXMLString(mjcf, NULL, message, sizeof message);
  mjModel *model = spec ? mj_compile(spec, NULL) : NULL;
  if (spec && !model) {
    snprintf(message, sizeof message, "%s", mjs_getError(spec));
  }
  mj_deleteSpec(spec);
  return end_loading(model, failure);
}

mjData *guarded_make_data(const mjModel *model, guarded_result *failure) {
  mjData *volatile data = NULL;
  *failure = message;
  GUARDED(data = mj_makeData(model), NULL);
  if (data) {
    *failure = NULL;
  } else {
    snprintf(message, sizeof message, "no memory for the simulation state");
  }
  return data;
}

guarded_result guarded_reset(const mjModel *model, mjData *data) {
  GUARDED(mj_resetData(model, data), message);
  return NULL;
}

guarded_result guarded_forward(const mjModel *model, mjData *data) {
  GUARDED(mj_forward(model, data), message);
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
  GUARDED(advance(model, data, frames, contact_forces), message);
  guarded_result failure = first_warning(data);
  failure = failure ? failure : first_bad_number("QPOS", data->qpos, model->nq);
  return failure ? failure : first_bad_number("QVEL", data->qvel, model->nv);
}
