/** Every method of the library in one table, put together from the listings of the packages. */
package hindcast.methods;
