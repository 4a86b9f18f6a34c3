/* zlib, loaded when the first packed file is opened, with what it offers only as macros. */
#ifndef DOCKET_CZLIB_H
#define DOCKET_CZLIB_H

#include <zlib.h>

/* Before anything else of zlib. NULL, or why it cannot be loaded. */
const char *czlib_open(void);

/* 15 + 16: the largest window, and a gzip header. */
static inline int czlib_begin_gzip(z_stream *stream) { return inflateInit2(stream, 15 + 16); }
static inline int czlib_begin_packing(z_stream *stream) {
  return deflateInit2(stream, Z_BEST_COMPRESSION, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY);
}

#endif
