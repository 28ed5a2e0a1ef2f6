/** Versions of policies as the topics have them, for the command line. */
package hindcast.local.policy;
