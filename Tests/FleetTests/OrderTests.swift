import Network
import Testing

@testable import Fleet

@Suite(.serialized, .timeLimit(.minutes(5)))
struct OrderTests {
    @Test
    func `an order takes all four steps in one trace, and its saga closes`() async throws {
        try await TestFleet.run { fleet in
            #expect(try await fleet.place("o-1").state == "paid")
            let create = try await fleet.span("create do")
            let id = try #require(create.tags?["saga.id"])
            #expect(create.localEndpoint.serviceName == "order")
            let services = ["reserve do": "inventory", "pay do": "payment", "ship do": "shipping"]
            for mark in ["reserve do", "pay do", "ship do"] {
                let step = try await fleet.span(mark)
                #expect(step.tags?["saga.id"] == id)
                #expect(step.traceId == create.traceId)
                #expect(step.error == nil)
                #expect(step.localEndpoint.serviceName == services[mark])
            }
            await eventually { await fleet.coordinator.sagas.list(nil).isEmpty }
        }
    }

    @Test
    func `a declined card gives back what was reserved, and no more`() async throws {
        try await TestFleet.run { fleet in
            let error = await #expect(throws: GRPCError.self) {
                try await fleet.place("o-2", card: OrderMessage.declinedCard)
            }
            #expect(error == .status(.failedPrecondition, "card declined"))
            #expect(try await fleet.span("pay do").error == "card declined")
            var undone: [String] = []
            while undone.last != "create undo" {
                undone += [try await fleet.span { $0.mark?.hasSuffix("undo") == true }.mark ?? ""]
            }
            #expect(undone == ["reserve undo", "create undo"])
            await eventually { await fleet.coordinator.sagas.list(nil).isEmpty }
        }
    }

    @Test
    func `both sides of a call are one span, and the callee's is shared`() async throws {
        try await TestFleet.run { fleet in
            try await fleet.place("o-3")
            var sides: [ReportedSpan] = []
            while sides.count < 2 {
                sides += [try await fleet.span { $0.name == "payment.v1.payments/charge" }]
            }
            let client = try #require(sides.first { $0.kind == "CLIENT" })
            let server = try #require(sides.first { $0.kind == "SERVER" })
            #expect((client.id, client.traceId) == (server.id, server.traceId))
            #expect(client.parentId == server.parentId && client.parentId != nil)
            #expect((client.shared, server.shared) == (nil, true))
            #expect(client.localEndpoint.serviceName == "order")
            #expect(client.remoteEndpoint?.serviceName == "payment")
            #expect(client.duration >= server.duration)
            let gateway = try await fleet.span { $0.name == "post /orders" }
            #expect(gateway.tags?["http.status_code"] == "200")
            #expect(gateway.traceId == server.traceId)
        }
    }

    @Test
    func `an order can be asked for, and one that never was cannot`() async throws {
        try await TestFleet.run { fleet in
            try await fleet.place("o-4")
            let gateway = try #require(await fleet.system.upstream(.gateway))
            #expect(try await gateway.call(.getOrder, OrderMessage(id: "o-4")).cents == 1999)
            let error = await #expect(throws: GRPCError.self) {
                try await gateway.call(.getOrder, OrderMessage(id: "o-5"))
            }
            #expect(error?.status == .notFound)
        }
    }

    @Test
    func `every instance answers a health check and no method of another service`() async throws {
        try await TestFleet.run { fleet in
            for identity in InstanceIdentity.all {
                let instance = try #require(await fleet.system.instance(identity.id))
                let channel = try GRPCChannel(target: "ipv4:127.0.0.1:\(instance.port)")
                let serving = CheckedHealth(isPassing: true, output: "grpc: serving")
                #expect(await HealthChecker.check(channel) == serving)
                let foreign: Method = identity.service == .gateway ? .charge : .postOrder
                let error = await #expect(throws: GRPCError.self) {
                    try await channel.call(foreign.rawValue, deadline: .seconds(5))
                }
                #expect(error?.status == .unimplemented)
            }
        }
    }
}
