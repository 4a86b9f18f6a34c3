/* A C face for RE2: linear-time regular expressions. */
#ifndef DOCKET_CRE2_H
#define DOCKET_CRE2_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct cre2_regex cre2_regex;

/* Compiles `pattern`; never NULL. `max_memory` bounds the program in bytes. Free with cre2_free. */
cre2_regex *_Nonnull cre2_compile(const char *_Nullable pattern, size_t length, int64_t max_memory);
bool cre2_ok(const cre2_regex *_Nonnull regex);
/* The reason why compilation failed, NUL-terminated, owned by `regex`. */
const char *_Nonnull cre2_error(const cre2_regex *_Nonnull regex);
/* The number of capturing groups. */
int cre2_group_count(const cre2_regex *_Nonnull regex);
/* Searches text[start..<length] without anchoring. Fills 2 * group_count offsets (start, end; -1 where a group is unset); group 0 is the whole match. */
bool cre2_search(const cre2_regex *_Nonnull regex, const char *_Nullable text, size_t length, size_t start,
                 int64_t *_Nullable offsets, int group_count);
/* The first offset of a text without patterns, or -1: memmem, which Swift does not see, in linear time. */
int64_t cre2_find_literal(const char *_Nullable text, size_t length, const char *_Nullable part, size_t part_length);
void cre2_free(cre2_regex *_Nullable regex);

#ifdef __cplusplus
}
#endif

#endif
