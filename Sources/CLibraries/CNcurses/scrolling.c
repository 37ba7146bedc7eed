// Rows are painted, never shifted by the terminal: multiplexers and recorders do not all shift alike, and a
// row that went wrong stays wrong. ncurses shifts wherever terminfo says it can, so it is told otherwise: the
// entry is handed over in TERMINFO (terminfo(5), "hex:"), without the capabilities for shifting.
#include "terminfo.h"
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { largest = 32768 };

/// csr, dl1, il1, dl, indn, il, rin, rep, ind, ri: their places among the strings, as in term.h.
static const int shifting[] = {3, 22, 53, 106, 109, 110, 113, 121, 129, 130};

static unsigned number(const uint8_t *bytes) { return bytes[0] | (unsigned)bytes[1] << 8; }

/// Blanks the capabilities in a compiled entry (term(5)); false where it is none.
static bool forget(uint8_t *entry, size_t size) {
    if (size < 12) return false;
    unsigned magic = number(entry), names = number(entry + 2), flags = number(entry + 4);
    unsigned numbers = number(entry + 6), strings = number(entry + 8);
    if (magic != 0432 && magic != 01036) return false;
    size_t at = 12 + names + flags;
    at += at % 2 + numbers * (magic == 0432 ? 2 : 4);
    if (at + strings * 2 > size) return false;
    for (size_t i = 0; i < sizeof shifting / sizeof *shifting; i++) {
        if ((unsigned)shifting[i] < strings) memset(entry + at + shifting[i] * 2, 0xFF, 2);
    }
    return true;
}

/// Reads DIRECTORY/x/xterm; 0 where it is not there, or too large.
static size_t read_entry(const char *directory, const char *term, uint8_t *entry) {
    char path[512];
    int length = snprintf(path, sizeof path, "%s/%c/%s", directory, term[0], term);
    if (length < 0 || (size_t)length >= sizeof path) return 0;
    FILE *file = fopen(path, "re");
    if (!file) return 0;
    size_t size = fread(entry, 1, largest, file);
    fclose(file);
    return size < largest ? size : 0;
}

bool claw_terminfo_without_shifting(const char *term) {
    if (!term[0] || strchr(term, '/') || getenv("TERMINFO") || getenv("TERMINFO_DIRS")) return false;
    static const char *const directories[] = {"/etc/terminfo", "/lib/terminfo", "/usr/share/terminfo"};
    uint8_t *entry = malloc(largest);
    char *text = malloc(largest * 2 + 5);
    bool isSet = false;
    for (int i = 0; entry && text && !isSet && i < 3; i++) {
        size_t size = read_entry(directories[i], term, entry);
        if (!size || !forget(entry, size)) continue;
        char *end = stpcpy(text, "hex:");
        for (size_t k = 0; k < size; k++) end += sprintf(end, "%02X", entry[k]);
        isSet = setenv("TERMINFO", text, 1) == 0;
    }
    free(entry);
    free(text);
    return isSet;
}
