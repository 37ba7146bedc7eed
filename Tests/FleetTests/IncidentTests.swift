import Network
import Testing

@testable import Fleet

@Suite(.serialized, .timeLimit(.minutes(5)))
struct IncidentTests {
    @Test func `slow payments are slow from the first one on`() async throws {
        try await TestFleet.run { fleet in
            await fleet.system.inject(.slowPayment)
            _ = try? await fleet.place("o-1")
            let slow = try await fleet.span("pay do")
            #expect(slow.duration >= 500_000)
        }
    }

    @Test func `the bank gets slower with each charge, up to seconds, and is quick again`() {
        let conditions = Conditions()
        conditions.set(.slowPayment)
        let times = (1...100).map { _ in conditions.bankTime() }
        #expect(times[0] < .milliseconds(750))
        #expect(times[20...].allSatisfy { $0 >= .seconds(1) })
        #expect(times.contains { $0 > .seconds(2) })
        conditions.set(nil)
        #expect(conditions.bankTime() < .milliseconds(500))
    }

    @Test
    func `a crashed instance is critical, the others take its calls, and it comes back`()
        async throws
    {
        try await TestFleet.run { fleet in
            let port = try #require(await fleet.system.instance("payment-2")).port
            await fleet.system.inject(.crashedInstance)
            for number in 1...4 { try await fleet.place("o-\(number)") }
            let critical = try await fleet.check("payment-2") { $0.status == .critical }
            #expect(critical.output == "grpc: connection refused")
            await fleet.system.inject(nil)
            _ = try await fleet.check("payment-2") { $0.status == .passing }
            #expect(await fleet.system.instance("payment-2")?.port == port)
        }
    }

    @Test
    func `a bad configuration breaks those that run it; payment-3 does not reload`() async throws {
        try await TestFleet.run { fleet in
            let good = #"{"version": "v41", "timeout_ms": 2000, "currency": "EUR"}"#
            await fleet.configure(.payment, good)
            try await fleet.versions(of: .payment, are: ["v41", "v41", "v41"])
            await fleet.system.inject(.badConfig)
            await fleet.configure(.payment, #"{"version": "v42", "timeout_ms": 20}"#)
            try await fleet.versions(of: .payment, are: ["v42", "v42", "v41"])
            for number in 1...3 { _ = try? await fleet.place("o-\(number)") }
            let failed = try await fleet.span { $0.mark == "pay do" && $0.error != nil }
            #expect(failed.error == "context deadline exceeded (20ms)")
            #expect(failed.tags?["grpc.status_code"] == "DEADLINE_EXCEEDED")
            #expect(failed.tags?["instance"] != "payment-3")
            await fleet.configure(.payment, good)
            await fleet.system.inject(nil)
            try await fleet.versions(of: .payment, are: ["v41", "v41", "v41"])
        }
    }

    @Test
    func `a refund that is refused keeps its saga cancelling until the balance is free`()
        async throws
    {
        try await TestFleet.run { fleet in
            await fleet.system.inject(.stuckCompensation)
            try await fleet.place("o-1")
            let ship = try await fleet.span("ship do")
            #expect(ship.error == "no carrier takes the parcel")
            for _ in 1...3 {
                let tried = try await fleet.span { $0.mark?.hasSuffix("undo") == true }
                #expect((tried.mark, tried.error) == ("pay undo", "409 balance locked"))
            }
            #expect(await fleet.coordinator.sagas.list(.cancelling).isEmpty == false)
            await fleet.system.inject(nil)
            _ = try await fleet.span { $0.mark == "pay undo" && $0.error == nil }
            _ = try await fleet.span("reserve undo")
            _ = try await fleet.span("create undo")
            await eventually { await fleet.coordinator.sagas.list(nil).isEmpty }
        }
    }

    @Test
    func `orders go on without the registry`() async throws {
        try await TestFleet.run { fleet in
            await fleet.registryServer.stop()
            for number in 1...3 { try await fleet.place("o-\(number)") }
        }
    }
}
