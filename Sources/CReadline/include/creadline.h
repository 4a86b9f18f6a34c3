// GNU readline for Swift, loaded when a prompt is shown: its globals behind functions, because they are not linked, and because
// Swift's concurrency checks refuse mutable C globals.

#ifndef DOCKET_CREADLINE_H
#define DOCKET_CREADLINE_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <readline/readline.h>
#include <readline/history.h>

// Before anything else of readline. NULL, or why it cannot be loaded.
const char *docket_rl_open(void);

// MARK: - Set-up

void docket_rl_set_name(const char *name);
void docket_rl_catch_signals(int on);
void docket_rl_catch_resize(int on);
void docket_rl_set_word_breaks(const char *bytes);

// MARK: - The line

const char *docket_rl_line(void);
void docket_rl_move_to_end(void);
void docket_rl_flush(void);
void docket_rl_print(const char *text);

// MARK: - Completion

void docket_rl_set_completer(char **(*complete)(const char *, int, int));
void docket_rl_set_display(void (*display)(char **, int, int));
void docket_rl_completion_is_final(void);
void docket_rl_append_after_completion(int character);
void docket_rl_forced_update(void);

// MARK: - History

void docket_rl_keep_entries_whole(void);
int docket_rl_history_length(void);
// NULL where there is none at `index`, from 0.
const char *docket_rl_history_line(int index);

#endif
