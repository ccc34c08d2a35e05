package dev.lambdaconfig.simulator;

import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * How this endpoint speaks where AWS is not settled or where other endpoints differ from AWS. The
 * defaults are AWS's recorded or best known behaviour.
 */
public final class Dialect {

  private volatile boolean mergesLoggingConfig;
  private volatile boolean omitsRevisionId;
  private volatile boolean omitsLastUpdateStatus;
  private volatile boolean settlesAtOnce;
  private volatile boolean reversesVpcIds;

  Dialect() {}

  /** A partial LoggingConfig keeps the members not sent, instead of resetting them. */
  public Dialect mergesLoggingConfig(boolean yes) {
    mergesLoggingConfig = yes;
    return this;
  }

  /** No answer has a RevisionId, as with some other endpoints; a RevisionId sent is ignored. */
  public Dialect omitsRevisionId(boolean yes) {
    omitsRevisionId = yes;
    return this;
  }

  /** No answer has LastUpdateStatus or its reasons. */
  public Dialect omitsLastUpdateStatus(boolean yes) {
    omitsLastUpdateStatus = yes;
    return this;
  }

  /** Accepted updates are Successful in their own answer. */
  public Dialect settlesAtOnce(boolean yes) {
    settlesAtOnce = yes;
    return this;
  }

  /** Subnets and security groups come back in another order than they were sent. */
  public Dialect reversesVpcIds(boolean yes) {
    reversesVpcIds = yes;
    return this;
  }

  /** A configuration as this endpoint tells it. */
  ObjectNode spoken(ObjectNode configuration) {
    if (!omitsRevisionId && !omitsLastUpdateStatus) {
      return configuration;
    }
    ObjectNode spoken = Json.shallowCopy(configuration);
    if (omitsRevisionId) {
      spoken.remove("RevisionId");
    }
    if (omitsLastUpdateStatus) {
      spoken.remove(Lifecycle.UPDATE_STATUS);
    }
    return spoken;
  }

  boolean mergesLoggingConfig() {
    return mergesLoggingConfig;
  }

  boolean omitsRevisionId() {
    return omitsRevisionId;
  }

  boolean settlesAtOnce() {
    return settlesAtOnce;
  }

  boolean reversesVpcIds() {
    return reversesVpcIds;
  }
}
