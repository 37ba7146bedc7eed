// FileIdentity: which file it is, whatever it is called.
import Glibc

struct FileIdentity: Hashable {
    private let device: dev_t
    private let number: ino_t

    /// Nil where there is none.
    init?(path: String) {
        var known = stat()
        guard stat(path, &known) == 0 else { return nil }
        (device, number) = (known.st_dev, known.st_ino)
    }
}
