// ConsulNote: what the feed's row says beside `live`.

/// What one Consul does not tell us, or only so.
struct ConsulNote: Sendable {
    /// ACLs leave something out.
    var isFiltered = false
    /// Answers are stale reads: no server hears a leader.
    var isStale = false
    /// Addresses are still being read.
    var isPartial = false
    var sidecars = 0
    /// Queries that are refused, in people's words.
    var refused: [String] = []
    /// Services that are refused, though the catalog names them.
    var refusedServices: [String] = []

    /// `9 services, 25 instances; stale reads, there is no leader`.
    func text(services: Int, instances: Int) -> String {
        var parts = ["\(Self.count(services, "service")), \(Self.count(instances, "instance"))"]
        if isStale { parts.append("stale reads, there is no leader") }
        if isFiltered { parts.append("only a part, ACLs hide the rest") }
        if isPartial { parts.append("addresses are still coming") }
        if sidecars > 0 { parts.append("\(Self.count(sidecars, "sidecar")) left out") }
        if !refused.isEmpty { parts.append("refused: \(refused.joined(separator: ", "))") }
        if let first = refusedServices.first {
            let others = refusedServices.count > 1 ? " and \(refusedServices.count - 1) more" : ""
            // A name that cannot be asked for is one with control characters, as often as not.
            let name = first.unicodeScalars.filter { $0.value >= 0x20 && $0.value != 0x7F }
            parts.append("cannot be read: \(String(String.UnicodeScalarView(name)))\(others)")
        }
        return parts.joined(separator: "; ")
    }

    private static func count(_ number: Int, _ noun: String) -> String {
        "\(number) \(noun)\(number == 1 ? "" : "s")"
    }
}
