// `wcwidth` reads the thread's locale: it is borrowed and given back.
#define _GNU_SOURCE
#include "CWidths.h"
#include <locale.h>
#include <pthread.h>
#include <wchar.h>

static locale_t utf8;
static pthread_once_t once = PTHREAD_ONCE_INIT;

static void make(void) { utf8 = newlocale(LC_CTYPE_MASK, "C.UTF-8", (locale_t)0); }

void claw_widths(unsigned first, unsigned char *widths) {
    pthread_once(&once, make);
    locale_t previous = utf8 ? uselocale(utf8) : (locale_t)0;
    for (unsigned i = 0; i < 256; i++) {
        int width = wcwidth((wchar_t)(first + i));
        widths[i] = width < 0 ? 255 : (unsigned char)width;
    }
    if (previous) uselocale(previous);
}
