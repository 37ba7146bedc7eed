// Office: an alert store in memory, what a running clawtop told it, and somebody who types commands.
import AlertStores
import CommandLine
import Events
import TestKit

@testable import clawtop

let noon = Instant(milliseconds: 1_795_435_200_000)
let ada = Person(user: "ada", host: "laptop")
let grace = Person(user: "grace", host: "desk")

struct Office {
    let place = MemoryStore.Place()
    var store: MemoryStore { MemoryStore(place) }
    var plan = StorePlan()
    var now = noon

    /// An alert that a running clawtop sees firing since a minute, and has written down.
    func fires(
        _ name: String, _ labels: [String: String] = [:], fingerprint: String,
        state: AlertState = .firing
    ) async throws {
        let labels = Labels(labels.merging(["alertname": name, "severity": "critical"]) { $1 })
        if state == .firing {
            try await write(.fired(value: 3), name, labels, fingerprint, at: now - .seconds(60))
        }
        var told = try await store.observations().first?.alerts ?? []
        told.append(
            Observation.Sighting(
                fingerprint: fingerprint, name: name, labels: labels,
                annotations: Labels(["summary": "\(name) is sad"]), state: state, value: 3,
                since: now - .seconds(60), evaluated: now - .seconds(2), hasNoData: false))
        try await store.tell(
            Observation(observer: "ada@laptop/1", at: now, environment: "", alerts: told))
    }

    func isResolved(_ fingerprint: String) async throws {
        let ledger = try await store.ledger(fingerprint, limit: 64)
        guard let ledger else { return }
        try await write(.resolved, ledger.name, ledger.labels, fingerprint, at: now)
        try await store.withdraw("ada@laptop/1")
    }

    private func write(
        _ deed: LedgerEntry.Deed, _ name: String, _ labels: Labels, _ fingerprint: String,
        at moment: Instant
    ) async throws {
        let entry = LedgerEntry(id: LedgerEntry.newID(), at: moment, by: ada, deed)
        let write = LedgerWrite(fingerprint: fingerprint, name: name, labels: labels, entry)
        _ = try await store.append([write])
    }

    /// Types `clawtop …`; text in quotes is one word.
    func type(_ line: String, as person: Person = ada, with demo: Office? = nil) async -> Outcome {
        do {
            switch try Invocation.table.parse(words(line), into: Invocation()) {
            case .help(let page): return Outcome(.ok, page)
            case .run(let path, let asked):
                let desk = AlertDesk(
                    stores: [store] + (demo.map { [$0.store] } ?? []), plan: plan,
                    person: person, now: now, options: asked.alerts, format: asked.format)
                return await desk.run(path.joined(separator: " "))
            }
        } catch {
            return Outcome(.usage, "\(error)", isError: true)
        }
    }

    private func words(_ line: String) -> [String] {
        line.split(separator: "'", omittingEmptySubsequences: false).enumerated().flatMap {
            index, part in
            index % 2 == 1 ? [String(part)] : part.split(separator: " ").map(String.init)
        }
    }
}
