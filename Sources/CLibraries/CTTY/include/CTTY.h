// CTTY: the terminal as a device: its size, its modes, and how it is given back whatever happens.
#pragma once
#include <stddef.h>
#pragma clang assume_nonnull begin

/// Opens a terminal for ourselves; -1 where there is none.
///
/// It does not block. That is a property of this opening of it, not of the terminal: the shell and
/// our children have openings of their own.
int claw_tty_open(const char *path);
/// 0, or -1 where the terminal does not know its size.
int claw_tty_size(int tty, int *width, int *height);

/// Takes every key as it comes, with no echo and no signals; the modes from before are remembered.
int claw_tty_raw(int tty);
/// Brings the modes from before ``claw_tty_raw`` back, and drops what nobody has read.
void claw_tty_cooked(int tty);

/// From now on `restore` is written and the modes are brought back where the process ends without
/// having disarmed: by `exit`, a trap, an abort or a bad access. `restore` must stay where it is.
void claw_tty_arm(int tty, const char *restore, size_t count);
void claw_tty_disarm(void);

/// Stops the process as Ctrl-Z would have, and returns when it goes on.
void claw_tty_stop(void);

/// Sends standard error into a pipe and returns the end to read; -1 where it is not on a terminal.
///
/// Nobody ever waits for the reader: what does not fit is lost.
int claw_stderr_divert(void);
/// Brings standard error back, and shows there what nobody has read.
void claw_stderr_restore(void);

/// A terminal without a person: what is written to the result is typed, what is read from it is shown.
int claw_pty_open(int width, int height, char *path, size_t capacity);
void claw_pty_resize(int pty, int width, int height);

#pragma clang assume_nonnull end
