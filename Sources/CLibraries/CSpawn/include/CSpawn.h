// CSpawn: what a child gets of our descriptors; Glibc's module leaves this out.
#pragma once
#include <spawn.h>
#pragma clang assume_nonnull begin

/// The child has no descriptors from `first` on; 0, or an errno.
int claw_spawn_close_from(posix_spawn_file_actions_t *actions, int first);

#pragma clang assume_nonnull end
