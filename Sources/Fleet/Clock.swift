// Clock: the wall clock of the fleet's servers.
import Glibc

/// Since 1970.
package func microseconds() -> Int64 {
    var time = timespec()
    clock_gettime(CLOCK_REALTIME, &time)
    return Int64(time.tv_sec) * 1_000_000 + Int64(time.tv_nsec) / 1000
}

/// Since 1970.
package func milliseconds() -> Int64 { microseconds() / 1000 }
