// FileLimit: how many files and connections may be open at once.
import Glibc

/// Lets this process have as many as it may ask for.
///
/// The usual limit is 1,024, for the sake of programs that use `select`: a large fleet needs more.
func raiseFileLimit() {
    var limit = rlimit()
    let files = __rlimit_resource_t(RLIMIT_NOFILE.rawValue)
    guard getrlimit(files, &limit) == 0, limit.rlim_cur < limit.rlim_max else { return }
    limit.rlim_cur = limit.rlim_max
    // Where it is refused, what we have must do.
    _ = setrlimit(files, &limit)
}
