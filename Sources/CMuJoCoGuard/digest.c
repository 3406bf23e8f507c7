#include "CMuJoCoGuard.h"

#include <string.h>

#include <mujoco/mjxmacro.h>

uint64_t digest_of_nothing(void) { return UINT64_C(0xcbf29ce484222325); }

uint64_t digest_bytes(uint64_t digest, const void *bytes, size_t count) {
  const unsigned char *byte = bytes;
  for (size_t i = 0; i < count; i++) {
    digest = (digest ^ byte[i]) * UINT64_C(0x100000001b3);
  }
  return digest;
}

// Where files lie differs between machines, and what is in them has been compiled.
static int names_a_path(const char *field) { return strstr(field, "path") != NULL; }

uint64_t digest_model(uint64_t digest, const mjModel *model) {
  digest = digest_bytes(digest, &model->opt, sizeof model->opt);
#define X(type, name, rows, columns)                                     \
  if (!names_a_path(#name)) {                                            \
    size_t size = sizeof(type) * (size_t)(model->rows) * (size_t)(columns); \
    digest = digest_bytes(digest, #name, sizeof #name);                  \
    digest = digest_bytes(digest, model->name, size);                    \
  }
#undef MJ_M
#define MJ_M(size) model->size
  MJMODEL_POINTERS
#undef X
  return digest;
}
