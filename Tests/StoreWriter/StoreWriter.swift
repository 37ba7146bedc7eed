// StoreWriter: a program for tests that appends to an alert store until it is killed.
import AlertStores
import Glibc
import TestKit

/// `StoreWriter FILE NAME NUMBER`: prints the number of each append that was confirmed.
@main
enum StoreWriter {
    static func main() async throws {
        let words = CommandLine.arguments
        guard words.count == 4, var number = Int(words[3]) else { exit(2) }
        let store = try await SQLiteStore.open(words[1])
        while true {
            let outcomes = try await store.append(WriterScript.writes(of: words[2], number))
            for case .conflict in outcomes { exit(3) }
            let line = Array("\(number)\n".utf8)
            guard write(1, line, line.count) == line.count else { exit(4) }
            number += 1
        }
    }
}
