// NetworkFileSystem: disks of other machines, on which SQLite's write-ahead log is not safe.
import CSQLite

/// The log's index is shared memory, which two machines do not share.
///
/// Source: <https://www.sqlite.org/wal.html>; the numbers: statfs(2).
enum NetworkFileSystem {
    private static let names: [UInt32: String] = [
        0x6969: "NFS", 0x517B: "SMB", 0xFF53_4D42: "CIFS", 0xFE53_4D42: "SMB", 0x5346_414F: "AFS",
        0x7375_7245: "Coda", 0x00C3_6400: "Ceph", 0x0BD0_0BD0: "Lustre", 0x564C: "NCP",
    ]

    /// Nil for a disk of this machine's, and for what nobody knows.
    static func name(of folder: String) -> String? { names[claw_file_system(folder)] }
}
