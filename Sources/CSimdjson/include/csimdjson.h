/* A C face for simdjson: records of JSON text as rows of cells.

   simdjson finds the tokens of a block of text and checks its UTF-8; the grammar, the keys and the places of errors are
   looked after here, so that a record is either read whole or refused with a reason. */
#ifndef DOCKET_CSIMDJSON_H
#define DOCKET_CSIMDJSON_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct csimdjson_reader csimdjson_reader;

typedef struct {
  const uint8_t *_Nonnull start;
  size_t count;
} csimdjson_cell;

typedef enum {
  CSIMDJSON_OK = 0,
  CSIMDJSON_UNEXPECTED,
  /* The record ends where more is wanted. */
  CSIMDJSON_INCOMPLETE,
  CSIMDJSON_NOT_OBJECT,
  CSIMDJSON_CONTROL_CHARACTER,
  CSIMDJSON_NUL,
  CSIMDJSON_UNCLOSED_STRING,
  CSIMDJSON_BAD_ESCAPE,
  CSIMDJSON_LONE_SURROGATE,
  CSIMDJSON_BAD_NUMBER,
  CSIMDJSON_TOO_DEEP,
  CSIMDJSON_DUPLICATE_KEY,
  /* Two keys of one record fit the same column equally well. */
  CSIMDJSON_AMBIGUOUS_KEY,
  /* A column's value is an object. */
  CSIMDJSON_OBJECT_VALUE,
  CSIMDJSON_TOO_MANY_KEYS,
  CSIMDJSON_NOT_UTF8,
  CSIMDJSON_NO_MEMORY,
} csimdjson_status;

/* Asked once for every key, as its path (`a.b` for the key `b` inside `a`): writes the columns that it may fill and how
   well it fits each (0 is best), at most `capacity`, and returns how many. */
typedef int32_t (*csimdjson_resolve)(void *_Nullable context, const uint8_t *_Nonnull path, size_t length, bool is_object,
                                     int32_t *_Nonnull columns, int32_t *_Nonnull ranks, int32_t capacity);

csimdjson_reader *_Nonnull csimdjson_create(int32_t width, csimdjson_resolve _Nonnull resolve, void *_Nullable context);
void csimdjson_free(csimdjson_reader *_Nullable reader);

/* Finds the tokens of text[0..<length], which holds whole records and stays where it is while they are read. */
csimdjson_status csimdjson_index(csimdjson_reader *_Nonnull reader, const uint8_t *_Nonnull text, size_t length);

/* Reads the record text[start..<end] of the indexed text into `cells`; absent values have no bytes. Records are asked for
   in order. On failure `place` is where, as an offset into the text. */
csimdjson_status csimdjson_record(csimdjson_reader *_Nonnull reader, size_t start, size_t end,
                                  csimdjson_cell *_Nonnull cells, size_t *_Nonnull place);

/* Where the value of a column of the last record stands in the text; -1 where it has none. */
ptrdiff_t csimdjson_origin(const csimdjson_reader *_Nonnull reader, int32_t column);

/* Tells of every key that held an object in some records, and in `values` others something else than nothing. */
typedef void (*csimdjson_see)(void *_Nullable context, const uint8_t *_Nonnull path, size_t length, uint64_t values);
void csimdjson_mixed(const csimdjson_reader *_Nonnull reader, csimdjson_see _Nonnull see, void *_Nullable context);

/* Gives up the memory of strings that had escapes, but for that of records since the last time. */
void csimdjson_clear(csimdjson_reader *_Nonnull reader);

/* Finds why text that could not be indexed is no JSON: where a string holds a control character, or is never closed. */
csimdjson_status csimdjson_diagnose(const uint8_t *_Nonnull text, size_t length, size_t *_Nonnull place);

/* Whether text is one JSON value; on failure `place` is where. */
csimdjson_status csimdjson_check(csimdjson_reader *_Nonnull reader, const uint8_t *_Nonnull text, size_t length,
                                 size_t *_Nonnull place);

#ifdef __cplusplus
}
#endif

#endif
