/** Commands about policy versions: received, checked, and given the window they take effect in. */
package hindcast.jobs.control;
