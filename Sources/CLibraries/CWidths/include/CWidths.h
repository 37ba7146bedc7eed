// CWidths: what libc says of how wide characters are; Glibc's module leaves `wcwidth` out.
#pragma once
#pragma clang assume_nonnull begin

/// Fills `widths` for the 256 code points from `first` on: 0, 1 or 2 columns, 255 where libc has no idea.
///
/// Always as a UTF-8 terminal draws them, whatever the user's locale is.
void claw_widths(unsigned first, unsigned char *widths);

#pragma clang assume_nonnull end
