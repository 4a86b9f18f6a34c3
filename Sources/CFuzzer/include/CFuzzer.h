#ifndef CFUZZER_H
#define CFUZZER_H

#include <stddef.h>
#include <stdint.h>

/// libFuzzer's entry for programs with a `main` of their own.
int LLVMFuzzerRunDriver(int *argc, char ***argv, int (*run)(const uint8_t *bytes, size_t count));

/// libFuzzer's own change of an input in place; the new length.
size_t LLVMFuzzerMutate(uint8_t *bytes, size_t count, size_t limit);

#endif
