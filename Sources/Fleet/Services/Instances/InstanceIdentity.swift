// InstanceIdentity: which of a service's instances this is.

struct InstanceIdentity: Hashable, Sendable {
    var service: ServiceName
    /// Counts from 1.
    var number: Int

    static let all = ServiceName.allCases.flatMap { service in
        (1...service.count).map { Self(service: service, number: $0) }
    }

    /// `payment-2`.
    var id: String { "\(service.rawValue)-\(number)" }
    var checkID: String { "service:\(id)" }
    var zone: String { ["a", "b", "c"][(number - 1) % 3] }
}
