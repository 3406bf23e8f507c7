#include "CProcessorGuard.h"

#if defined(__x86_64__) && (defined(__AVX2__) || defined(__AVX512F__))
#include <stdio.h>
#include <stdlib.h>

// The name of something that this was compiled for and the processor lacks, or NULL.
static const char *missing(void) {
  __builtin_cpu_init();
  if (!__builtin_cpu_supports("avx2")) return "AVX2";
#ifdef __FMA__
  if (!__builtin_cpu_supports("fma")) return "FMA";
#endif
#ifdef __BMI2__
  if (!__builtin_cpu_supports("bmi2")) return "BMI2";
#endif
#ifdef __AVX512F__
  if (!__builtin_cpu_supports("avx512f")) return "AVX-512";
#endif
  return NULL;
}

__attribute__((constructor)) static void require_processor(void) {
  const char *lacks = missing();
  if (!lacks) return;
  fprintf(stderr,
          "chromatic: this build is for processors with %s, which this one lacks: build it without "
          "PROCESSOR\n",
          lacks);
  exit(69);
}
#endif
