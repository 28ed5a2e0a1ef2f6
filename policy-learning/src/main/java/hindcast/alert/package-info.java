/**
 * Alerts: what can be raised, which stand, since when, and why.
 *
 * <p>Statistics decide elsewhere ({@code hindcast.regression}, {@code hindcast.audit}); here a
 * condition that holds becomes an alert with a beginning, changes of severity and an end.
 */
package hindcast.alert;
