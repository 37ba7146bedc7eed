import WorldModel
import Testing

struct WorldTests {}
