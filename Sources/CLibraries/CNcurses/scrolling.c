// Rows are painted, never shifted by the terminal: not every terminal, multiplexer or recorder
// implements all of scrolling the same way, and a shifted row that goes wrong stays wrong.
#define NCURSES_WIDECHAR 1
#include <curses.h>
#include <term.h>

void claw_forget_scrolling(void);

/// Makes ncurses believe that the terminal cannot shift rows.
void claw_forget_scrolling(void) {
    change_scroll_region = NULL;
    parm_index = NULL;
    parm_rindex = NULL;
    insert_line = NULL;
    parm_insert_line = NULL;
    delete_line = NULL;
    parm_delete_line = NULL;
    repeat_char = NULL;
}
