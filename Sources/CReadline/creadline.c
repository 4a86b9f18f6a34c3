#include "creadline.h"

#include "cloader.h"

#define FUNCTIONS(F) \
  F(void, rl_callback_handler_install, (const char *prompt, rl_vcpfunc_t *take), (prompt, take)) \
  F(void, rl_callback_handler_remove, (void), ()) \
  F(void, rl_callback_read_char, (void), ()) \
  F(void, rl_callback_sigcleanup, (void), ()) \
  F(int, rl_variable_bind, (const char *name, const char *value), (name, value)) \
  F(void, rl_redisplay, (void), ()) \
  F(int, rl_on_new_line, (void), ()) \
  F(void, rl_replace_line, (const char *text, int keeps_undo), (text, keeps_undo)) \
  F(void, rl_free_line_state, (void), ()) \
  F(void, rl_prep_terminal, (int meta), (meta)) \
  F(void, rl_deprep_terminal, (void), ()) \
  F(void, rl_resize_terminal, (void), ()) \
  F(void, rl_get_screen_size, (int *rows, int *columns), (rows, columns)) \
  F(char **, rl_completion_matches, (const char *text, rl_compentry_func_t *next), (text, next)) \
  F(void, using_history, (void), ()) \
  F(void, add_history, (const char *line), (line)) \
  F(void, stifle_history, (int limit), (limit)) \
  F(HIST_ENTRY *, history_get, (int offset), (offset)) \
  F(int, read_history, (const char *path), (path)) \
  F(int, append_history, (int count, const char *path), (count, path)) \
  F(int, history_truncate_file, (const char *path, int lines), (path, lines))

#define GLOBALS(G) \
  G(rl_readline_name) G(rl_catch_signals) G(rl_catch_sigwinch) G(rl_basic_word_break_characters) \
  G(rl_completer_word_break_characters) G(rl_basic_quote_characters) G(rl_completer_quote_characters) \
  G(rl_line_buffer) G(rl_point) G(rl_end) G(rl_outstream) G(rl_attempted_completion_function) \
  G(rl_attempted_completion_over) G(rl_completion_append_character) G(rl_completion_display_matches_hook) \
  G(history_write_timestamps) G(history_comment_char) G(history_base) G(history_length)

FUNCTIONS(CLOADER_FORWARD)
GLOBALS(CLOADER_GLOBAL)

#define TEXT_OF(number) #number
#define TEXT(number) TEXT_OF(number)

CLOADER_OPEN(
  docket_rl_open,
  CLOADER_FILE("libreadline.so." TEXT(RL_VERSION_MAJOR), "libreadline." TEXT(RL_VERSION_MAJOR) ".dylib"),
  FUNCTIONS(CLOADER_SYMBOL) GLOBALS(CLOADER_SYMBOL_OF))

// MARK: - Set-up

void docket_rl_set_name(const char *name) { *rl_readline_name_loaded = strdup(name); }
void docket_rl_catch_signals(int on) { *rl_catch_signals_loaded = on; }
void docket_rl_catch_resize(int on) { *rl_catch_sigwinch_loaded = on; }
void docket_rl_set_word_breaks(const char *bytes) {
  *rl_basic_word_break_characters_loaded = strdup(bytes);
  *rl_completer_word_break_characters_loaded = strdup(bytes);
  *rl_basic_quote_characters_loaded = strdup("");
  *rl_completer_quote_characters_loaded = NULL;
}

// MARK: - The line

static FILE *screen(void) { return *rl_outstream_loaded ? *rl_outstream_loaded : stdout; }

const char *docket_rl_line(void) { return *rl_line_buffer_loaded ? *rl_line_buffer_loaded : ""; }
void docket_rl_move_to_end(void) { *rl_point_loaded = *rl_end_loaded; }
void docket_rl_flush(void) { fflush(screen()); }
void docket_rl_print(const char *text) { fputs(text, screen()); }

// MARK: - Completion

void docket_rl_set_completer(char **(*complete)(const char *, int, int)) {
  *rl_attempted_completion_function_loaded = complete;
}
void docket_rl_set_display(void (*display)(char **, int, int)) {
  *rl_completion_display_matches_hook_loaded = display;
}
void docket_rl_completion_is_final(void) { *rl_attempted_completion_over_loaded = 1; }
void docket_rl_append_after_completion(int character) { *rl_completion_append_character_loaded = character; }
void docket_rl_forced_update(void) {
  rl_on_new_line();
  rl_redisplay();
}

// MARK: - History

void docket_rl_keep_entries_whole(void) {
  *history_write_timestamps_loaded = 1;
  *history_comment_char_loaded = '#';
}
int docket_rl_history_length(void) { return *history_length_loaded; }
const char *docket_rl_history_line(int index) {
  HIST_ENTRY *entry = history_get(*history_base_loaded + index);
  return entry ? entry->line : NULL;
}
