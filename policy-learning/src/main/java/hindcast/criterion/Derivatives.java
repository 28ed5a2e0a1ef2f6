package hindcast.criterion;

/**
 * A criterion at a point.
 *
 * @param value G(μ, σ²)
 * @param mean ∂G/∂μ
 * @param variance ∂G/∂σ²
 */
public record Derivatives(double value, double mean, double variance) {}
