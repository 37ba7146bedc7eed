// Operator: who sits at this terminal, as the operating system knows them.
import Events
import Glibc

extension Person {
    /// The user that the program runs for, whatever its environment says, on this host.
    static var operating: Person { Person(user: userName(getuid()), host: hostName()) }

    /// Unique among programs that run: `ada@laptop/4711`.
    var process: String { "\(self)/\(getpid())" }

    private static func userName(_ id: uid_t) -> String {
        var entry = passwd()
        var found: UnsafeMutablePointer<passwd>?
        var buffer = [CChar](repeating: 0, count: 1 << 14)
        getpwuid_r(id, &entry, &buffer, buffer.count, &found)
        // Nobody gave this user a name: a number is all that can be said.
        guard found != nil, let name = entry.pw_name else { return "\(id)" }
        return String(cString: name)
    }

    private static func hostName() -> String {
        var name = [CChar](repeating: 0, count: 256)
        guard gethostname(&name, name.count - 1) == 0 else { return "" }
        return name.withUnsafeBufferPointer { $0.baseAddress.map { String(cString: $0) } ?? "" }
    }
}
