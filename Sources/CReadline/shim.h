// GNU readline for Swift: its globals behind functions, because Swift's concurrency checks refuse mutable C globals.

#ifndef DOCKET_CREADLINE_SHIM_H
#define DOCKET_CREADLINE_SHIM_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <readline/readline.h>
#include <readline/history.h>

// MARK: - Set-up

static inline void docket_rl_set_name(const char *name) { rl_readline_name = strdup(name); }
static inline void docket_rl_catch_signals(int on) { rl_catch_signals = on; }
static inline void docket_rl_catch_resize(int on) { rl_catch_sigwinch = on; }
static inline void docket_rl_set_word_breaks(const char *bytes) {
  rl_basic_word_break_characters = strdup(bytes);
  rl_completer_word_break_characters = strdup(bytes);
  rl_basic_quote_characters = strdup("");
  rl_completer_quote_characters = NULL;
}

// MARK: - The line

static inline const char *docket_rl_line(void) { return rl_line_buffer ? rl_line_buffer : ""; }
static inline int docket_rl_end(void) { return rl_end; }
static inline void docket_rl_move_to_end(void) { rl_point = rl_end; }
static inline void docket_rl_flush(void) { fflush(rl_outstream ? rl_outstream : stdout); }
static inline void docket_rl_print(const char *text) { fputs(text, rl_outstream ? rl_outstream : stdout); }

// MARK: - Completion

static inline void docket_rl_set_completer(char **(*complete)(const char *, int, int)) {
  rl_attempted_completion_function = complete;
}
static inline void docket_rl_set_display(void (*display)(char **, int, int)) {
  rl_completion_display_matches_hook = display;
}
static inline void docket_rl_completion_is_final(void) { rl_attempted_completion_over = 1; }
static inline void docket_rl_append_after_completion(int character) { rl_completion_append_character = character; }
static inline void docket_rl_forced_update(void) {
  rl_on_new_line();
  rl_redisplay();
}

// MARK: - History

static inline void docket_rl_keep_entries_whole(void) {
  history_write_timestamps = 1;
  history_comment_char = '#';
}
static inline int docket_rl_history_length(void) { return history_length; }
static inline const char *docket_rl_history_line(int index) {
  HIST_ENTRY *entry = history_get(history_base + index);
  return entry ? entry->line : NULL;
}

#endif
