// CGRPC: to be written.
#pragma once
