// What happens after a crash is in `crashed`: it uses only what is safe in a signal handler.
#define _GNU_SOURCE
#include "CTTY.h"
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <stdbool.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <termios.h>
#include <unistd.h>

static struct termios before;
static bool has_before;

int claw_tty_open(const char *path) {
    int tty = open(path, O_RDWR | O_NOCTTY | O_CLOEXEC | O_NONBLOCK);
    if (tty >= 0 && isatty(tty)) return tty;
    if (tty >= 0) close(tty);
    return -1;
}

int claw_tty_size(int tty, int *width, int *height) {
    struct winsize size;
    if (ioctl(tty, TIOCGWINSZ, &size) != 0 || size.ws_col == 0 || size.ws_row == 0) return -1;
    *width = size.ws_col;
    *height = size.ws_row;
    return 0;
}

int claw_tty_raw(int tty) {
    struct termios modes;
    if (tcgetattr(tty, &modes) != 0) return -1;
    if (!has_before) before = modes;
    has_before = true;
    modes.c_iflag &= ~(tcflag_t)(BRKINT | ICRNL | INLCR | IGNCR | INPCK | ISTRIP | IXON);
    modes.c_oflag &= ~(tcflag_t)OPOST;
    modes.c_lflag &= ~(tcflag_t)(ECHO | ICANON | IEXTEN | ISIG);
    modes.c_cc[VMIN] = 1;
    modes.c_cc[VTIME] = 0;
    return tcsetattr(tty, TCSANOW, &modes);
}

void claw_tty_cooked(int tty) {
    if (!has_before) return;
    has_before = false;
    // Reports of the mouse that are still on their way must not be typed into the shell.
    tcflush(tty, TCIFLUSH);
    tcsetattr(tty, TCSANOW, &before);
}

// Standard error

static int diverted[2] = {-1, -1};
static int original = -1;

int claw_stderr_divert(void) {
    if (!isatty(STDERR_FILENO) || original >= 0) return -1;
    if (pipe2(diverted, O_CLOEXEC | O_NONBLOCK) != 0) return -1;
    original = fcntl(STDERR_FILENO, F_DUPFD_CLOEXEC, 3);
    dup2(diverted[1], STDERR_FILENO);
    return diverted[0];
}

/// Safe in a signal handler.
static void show_diverted(void) {
    if (original < 0) return;
    dup2(original, STDERR_FILENO);
    char bytes[1024];
    ssize_t count;
    while ((count = read(diverted[0], bytes, sizeof bytes)) > 0) (void)!write(STDERR_FILENO, bytes, (size_t)count);
}

void claw_stderr_restore(void) {
    if (original < 0) return;
    show_diverted();
    close(original);
    close(diverted[0]);
    close(diverted[1]);
    original = diverted[0] = diverted[1] = -1;
}

// The end of the process

static volatile sig_atomic_t armed;
static int armed_tty;
static const char *armed_bytes;
static size_t armed_count;

/// Safe in a signal handler; does nothing the second time.
static void give_back(void) {
    if (!armed) return;
    armed = 0;
    // A terminal that is still busy with a frame has a moment to catch up.
    poll(&(struct pollfd){.fd = armed_tty, .events = POLLOUT}, 1, 200);
    (void)!write(armed_tty, armed_bytes, armed_count);
    tcsetattr(armed_tty, TCSANOW, &before);
    show_diverted();
}

/// The default action is in force again: raising the signal once more ends the process with its cause.
static void crashed(int signal) {
    give_back();
    raise(signal);
}

static void register_exit(void) { atexit(give_back); }

void claw_tty_arm(int tty, const char *restore, size_t count) {
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    static char stack[1 << 16];
    static const int fatal[] = {SIGSEGV, SIGABRT, SIGILL, SIGBUS, SIGFPE, SIGTRAP};
    armed_tty = tty;
    armed_bytes = restore;
    armed_count = count;
    // A stack that has run over cannot carry a handler.
    sigaltstack(&(stack_t){.ss_sp = stack, .ss_size = sizeof stack}, NULL);
    struct sigaction action = {.sa_handler = crashed, .sa_flags = SA_ONSTACK | SA_RESETHAND | SA_NODEFER};
    sigemptyset(&action.sa_mask);
    for (size_t i = 0; i < sizeof fatal / sizeof *fatal; i++) sigaction(fatal[i], &action, NULL);
    pthread_once(&once, register_exit);
    armed = 1;
}

void claw_tty_disarm(void) { armed = 0; }

void claw_tty_stop(void) {
    struct sigaction ours, standard = {.sa_handler = SIG_DFL};
    sigset_t stop, blocked;
    sigemptyset(&standard.sa_mask);
    sigemptyset(&stop);
    sigaddset(&stop, SIGTSTP);
    sigaction(SIGTSTP, &standard, &ours);
    pthread_sigmask(SIG_UNBLOCK, &stop, &blocked);
    raise(SIGTSTP);
    pthread_sigmask(SIG_SETMASK, &blocked, NULL);
    sigaction(SIGTSTP, &ours, NULL);
}

// For tests

int claw_pty_open(int width, int height, char *path, size_t capacity) {
    int pty = posix_openpt(O_RDWR | O_NOCTTY | O_CLOEXEC);
    if (pty < 0) return -1;
    if (grantpt(pty) == 0 && unlockpt(pty) == 0 && ptsname_r(pty, path, capacity) == 0) {
        claw_pty_resize(pty, width, height);
        return pty;
    }
    close(pty);
    return -1;
}

void claw_pty_resize(int pty, int width, int height) {
    struct winsize size = {.ws_col = (unsigned short)width, .ws_row = (unsigned short)height};
    ioctl(pty, TIOCSWINSZ, &size);
}
