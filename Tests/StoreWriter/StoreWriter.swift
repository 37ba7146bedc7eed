// StoreWriter: a program for tests that appends to an alert store until it is killed.
import AlertStores
import Events
import Feeds
import Glibc
import Network
import TestKit

/// `StoreWriter STORE NAME NUMBER`: prints the number of each append that was confirmed.
///
/// The store is a file, or an etcd as `etcd=http://127.0.0.1:2379`.
@main
enum StoreWriter {
    static func main() async throws {
        let words = CommandLine.arguments
        guard words.count == 4, var number = Int(words[3]) else { exit(2) }
        let store = try await store(words[1])
        let isFile = !words[1].hasPrefix("etcd=")
        while true {
            let outcomes: [LedgerOutcome]
            do throws(StoreError) {
                outcomes = try await store.append(WriterScript.writes(of: words[2], number))
            } catch {
                // The other writer may hold a file for longer than anybody waits for it.
                guard isFile, !error.isUncertain else { throw error }
                continue
            }
            for case .conflict in outcomes { exit(3) }
            let line = Array("\(number)\n".utf8)
            guard write(1, line, line.count) == line.count else { exit(4) }
            number += 1
        }
    }

    private static func store(_ place: String) async throws -> any AlertStore {
        guard place.hasPrefix("etcd=") else { return try await SQLiteStore.open(place) }
        let settings = FeedSettings(
            name: "store", kind: .etcd, worlds: [], url: String(place.dropFirst(5)))
        return TeamStore(etcd: settings, client: CurlClient(), resolver: NoServices())
    }

    private struct NoServices: ServiceResolver {
        func addresses(of service: String, onlyPassing: Bool) async -> [String] { [] }
    }
}
