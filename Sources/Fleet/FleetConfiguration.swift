// FleetConfiguration: what the fleet's configuration centre holds.

/// One JSON value a service, under `config/<service>/production`.
enum FleetConfiguration {
    static let services = ["gateway", "order", "inventory", "payment", "shipping"]

    static func key(of service: String) -> String { "config/\(service)/production" }

    static let good = json(version: "v41", timeout: 2000)

    /// No payment is done within 200 ms.
    static let bad = json(version: "v42", timeout: 200)

    private static func json(version: String, timeout: Int64) -> String {
        let value: JSON = [
            "version": .string(version), "timeout_ms": .integer(timeout), "retries": 3,
            "currency": "EUR", "api_key": "sk-demo-7f3c9a1e5b",
        ]
        return value.text
    }
}
