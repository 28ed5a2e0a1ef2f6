/** Verdicts on the candidates of policy lines that have a gate. */
package hindcast.jobs.gate;
