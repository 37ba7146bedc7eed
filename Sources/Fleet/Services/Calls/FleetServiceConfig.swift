// FleetServiceConfig: how the fleet's callers balance and retry, in gRPC's own words (gRFC A6).

enum FleetServiceConfig {
    /// Turns around all addresses of a target; only what reached nobody is tried again.
    static let json = """
        {"loadBalancingConfig": [{"round_robin": {}}],
         "methodConfig": [{"name": [{}],
           "retryPolicy": {"maxAttempts": 3, "initialBackoff": "0.05s", "maxBackoff": "0.4s",
             "backoffMultiplier": 2, "retryableStatusCodes": ["UNAVAILABLE"]}}]}
        """
}
