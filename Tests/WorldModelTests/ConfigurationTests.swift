import Events
import TestKit
import Testing

@testable import WorldModel

struct ConfigurationTests {
    @Test func `a change is dated, told in the ledger with its fields, and kept as history`() throws
    {
        let world = world([
            (1, .config(listed: [entry("v41", "8800", timeout: "2000")])),
            (9, .config(changed: [entry("v42", "8841", timeout: "200")])),
        ])
        let payment = try #require(world.config.all.first)
        #expect(payment.changed == .second(9))
        #expect(payment.versionName == "v42")
        #expect(payment.history.map(\.name) == ["v41"])
        #expect(
            world.changes.all.map(\.text) == [
                "payment/production v41 → v42  timeout_ms 2000 → 200"
            ])
    }

    @Test func `who runs which version is told by label or by index`() throws {
        let world = world([
            (1, .config(listed: [entry("v42", "8841", timeout: "200")])),
            (2, .listed("payment: a passing v42, b passing 8841, c passing v41, d passing")),
        ])
        let payment = try #require(world.config.all.first)
        #expect(world.running(payment).map(\.instance) == ["a", "b", "c"])
        #expect(world.drifted(payment).map(\.version) == ["v41"])
    }

    @Test func `a secret beside the configuration is not another environment`() throws {
        var secret = entry("", "9000", timeout: "")
        (secret.key, secret.environment) = ("config/payment/db_password", "db_password")
        (secret.label, secret.fields) = (nil, [])
        let world = world(
            environment: "",
            [
                (1, .config(listed: [entry("v42", "8841", timeout: "200"), secret])),
                (2, .listed("payment: a passing v41, b passing v42")),
            ])
        let payment = try #require(world.config["consul/config", "config/payment/production"])
        #expect(world.drifted(payment).map(\.instance) == ["a"])
    }

    @Test func `an instance that reloads stands in the ledger`() {
        let world = world([
            (1, .listed("payment: a passing v41")), (5, .changed("payment: a passing v42")),
        ])
        #expect(world.changes.all.map(\.text) == ["a runs v42"])
    }

    @Test func `a key that is gone is gone`() {
        let world = world([
            (1, .config(listed: [entry("v41", "8800", timeout: "2000")])),
            (2, .config("consul/config", .changed([], gone: ["config/payment/production"]))),
        ])
        #expect(world.config.all.isEmpty)
        #expect(world.changes.all.map(\.text) == ["payment/production was deleted"])
    }

    private func entry(_ label: String, _ version: String, timeout: String) -> ConfigEntry {
        ConfigEntry(
            key: "config/payment/production", service: "payment", environment: "production",
            version: version, label: label, digest: version,
            fields: [
                ConfigField(name: "version", value: label),
                ConfigField(name: "timeout_ms", value: timeout),
            ])
    }
}

extension Event {
    fileprivate static func config(listed entries: [ConfigEntry]) -> Event {
        .config("consul/config", .listed(entries))
    }

    fileprivate static func config(changed entries: [ConfigEntry]) -> Event {
        .config("consul/config", .changed(entries, gone: []))
    }
}
