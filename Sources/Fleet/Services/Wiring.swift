// Wiring: who of the order system knows whom.
internal import Network

/// Everything that makes up the order system, not yet running.
struct Wiring: Sendable {
    let registry: RegistryClient
    let tracer: Tracer
    let upstreams: [ServiceName: Upstream]
    let instances: [Instance]
    private let book: OrderBook
    private let participant: HTTPServer

    init(
        _ environment: FleetEnvironment, http: any HTTPClient, conditions: Conditions
    ) throws {
        let registry = RegistryClient(
            http: http, url: environment.registry, environment: environment.name)
        let tracer = Tracer(http: http, zipkin: environment.zipkin)
        let upstreams = Dictionary(
            uniqueKeysWithValues: ServiceName.allCases.map {
                ($0, Upstream($0, registry: registry, tracer: tracer))
            })
        let coordinator = SagaCoordinator(http: http, url: environment.coordinator)
        let book = OrderBook(coordinator: coordinator)
        let participant = try HTTPServer { await OrderParticipant(book: book).answer($0) }
        let orders = OrderBusiness(
            services: OrderServices(upstreams: upstreams, tracer: tracer, conditions: conditions),
            coordinator: coordinator, book: book, participant: participant.url)
        instances = InstanceIdentity.all.map { identity in
            let business = Self.business(of: identity.service, orders, upstreams, conditions)
            return Instance(identity, business, tracer: tracer)
        }
        (self.registry, self.tracer, self.upstreams) = (registry, tracer, upstreams)
        (self.book, self.participant) = (book, participant)
    }

    private static func business(
        of service: ServiceName, _ orders: OrderBusiness, _ upstreams: [ServiceName: Upstream],
        _ conditions: Conditions
    ) -> any Business {
        switch service {
        case .gateway: GatewayBusiness(orders: upstreams[.order])
        case .order: orders
        case .inventory: InventoryBusiness(conditions: conditions)
        case .payment: PaymentBusiness(conditions: conditions)
        case .shipping: ShippingBusiness(conditions: conditions)
        }
    }

    /// Says that the instance is there, and which configuration it begins with.
    func register(_ instance: Instance) async throws {
        let service = instance.identity.service
        if let (configuration, _) = try? await registry.configuration(of: service, after: nil) {
            instance.configuration = configuration ?? ServiceConfiguration()
        }
        try await registry.register(
            instance.identity, port: instance.port, configVersion: instance.configuration.version)
    }

    func stop() async {
        await book.stop()
        await participant.stop()
        for instance in instances { await instance.stop() }
    }
}
