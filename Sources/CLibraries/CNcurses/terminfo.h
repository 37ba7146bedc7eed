// What ncurses is told about the terminal.
#pragma once
#include <stdbool.h>

/// Sets TERMINFO to the entry of `term` without the capabilities for shifting rows; false where it is left alone.
///
/// To be unset once the screen is open: children have nothing to do with it.
bool claw_terminfo_without_shifting(const char *term);
