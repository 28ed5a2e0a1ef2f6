/** Numerical building blocks: exact sums, kernels over arrays, keyed random numbers. */
package hindcast.numeric;
