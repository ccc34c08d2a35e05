package dev.lambdaconfig.api;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An UpdateFunctionConfiguration call of this operator. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record UpdateRecord(
    @JsonPropertyDescription("When it was sent, RFC 3339.") @Nullable String time,
    @JsonPropertyDescription("The fields that it sent, by path.") @Nullable List<String> fields,
    @JsonPropertyDescription("SpecChanged, ValueChanged, DriftCorrected, Retried or Restored.")
        @Nullable String cause,
    @JsonPropertyDescription("The generation of the spec that it was planned from.")
        @Nullable Long generation,
    @JsonPropertyDescription("The RevisionId that the update required.")
        @Nullable String plannedRevision,
    @JsonPropertyDescription(
            "InProgress, Succeeded, NotApplied, or the code of AWS's refusal or failure.")
        @Nullable String outcome,
    @JsonPropertyDescription("The RevisionId of the read that showed the outcome.")
        @Nullable String settledRevision,
    @JsonPropertyDescription(
            "A hash of the versions of the Secrets and ConfigMaps that its values came from; not"
                + " of the values. Absent: the spec referred to none.")
        @Nullable String sources) {

  /** A record of an update for a spec that refers to no sources. */
  public UpdateRecord(
      @Nullable String time,
      @Nullable List<String> fields,
      @Nullable String cause,
      @Nullable Long generation,
      @Nullable String plannedRevision,
      @Nullable String outcome,
      @Nullable String settledRevision) {
    this(time, fields, cause, generation, plannedRevision, outcome, settledRevision, null);
  }
}
