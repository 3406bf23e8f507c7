#ifndef CHROMATIC_MUJOCO_RECOVERY_H
#define CHROMATIC_MUJOCO_RECOVERY_H

#include <setjmp.h>

// Where this thread goes on after a fatal error, or NULL.
extern _Thread_local jmp_buf *guard_recovery_point;

// What this thread's last guarded call has to say.
extern _Thread_local char guard_message[1024];

// Runs the statement; an error inside it makes the enclosing function return `value`.
#define GUARDED(statement, value)   \
  do {                              \
    jmp_buf here;                   \
    if (setjmp(here)) {             \
      guard_recovery_point = NULL;  \
      return value;                 \
    }                               \
    guard_recovery_point = &here;   \
    statement;                      \
    guard_recovery_point = NULL;    \
  } while (0)

#endif
