package dev.lambdaconfig.cli.export.manifest;

/** The treatment of the values of environment variables. */
public enum EnvironmentValues {
  /** The environment is not declared. */
  LEFT_OUT,
  /** The values are in a Secret of their own, which the resource refers to. */
  IN_SECRETS,
  /** The values are in the resource, in clear. */
  IN_CLEAR
}
