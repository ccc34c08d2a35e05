package dev.lambdaconfig.decision.ownership;

import dev.lambdaconfig.decision.ownership.Claimant.Part;
import dev.lambdaconfig.decision.ownership.IdentityProofs.NamedFunction;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Resources of several identities that come, change and go, and AWS's answers to them: all name one
 * function of one account, by its ARN or, where it is the identity's own account, by its name.
 */
final class RandomClaims {

  static final String ACCOUNT = "210987654321";

  /** The identity that never has a right, and whose resources come before all others. */
  static final String SQUATTER = "squatter";

  private static final String OWNER = "owner";

  /** The accounts of the identities. */
  private static final Map<String, String> HOMES =
      Map.of(
          OWNER, ACCOUNT, "second", "111111111111", "", "123456789012", SQUATTER, "222222222222");

  private static final List<String> IDENTITIES = List.of(OWNER, "second", "", SQUATTER);

  /** A resource. */
  record Resource(String uid, String created, String identity, boolean bare, Part part) {
    Resource as(Part other) {
      return new Resource(uid, created, identity, bare, other);
    }
  }

  final Map<String, Resource> resources = new HashMap<>();
  private final Map<String, IdentityProofs> proofs = new HashMap<>();
  private final Set<String> allowed = new HashSet<>(Set.of(OWNER, "second", ""));
  private final Random random;
  private long numbers;
  private int created;

  RandomClaims(long seed) {
    random = new Random(seed);
  }

  /** Lets something happen. */
  void happen() {
    Resource one = any();
    if (one == null || random.nextInt(6) == 0) {
      create();
      return;
    }
    switch (random.nextInt(8)) {
      case 0 -> delete(one);
      case 1 -> resources.put(one.uid(), one.as(Part.RESTS));
      case 2 -> resources.put(one.uid(), one.as(Part.READS));
      case 3, 4 -> resources.put(one.uid(), one.as(Part.WRITES));
      case 5 -> toggle(IDENTITIES.get(random.nextInt(3)));
      default -> read(one);
    }
  }

  private @Nullable Resource any() {
    List<Resource> all = List.copyOf(resources.values());
    return all.isEmpty() ? null : all.get(random.nextInt(all.size()));
  }

  private void create() {
    String identity = IDENTITIES.get(random.nextInt(IDENTITIES.size()));
    String time = (identity.equals(SQUATTER) ? "a" : "b") + "%04d".formatted(created++);
    boolean bare = identity.equals(OWNER) && random.nextBoolean();
    Part part = random.nextInt(4) == 0 ? Part.RESTS : Part.WRITES;
    resources.put(time, new Resource(time, time, identity, bare, part));
  }

  private void delete(Resource one) {
    resources.remove(one.uid());
    proofs.computeIfPresent(
        one.identity(),
        (identity, known) -> {
          IdentityProofs kept =
              known.of(
                  resources.values().stream()
                      .filter(other -> other.identity().equals(identity))
                      .map(RandomClaims::spelling)
                      .toList());
          return kept.isEmpty() ? null : kept;
        });
  }

  private void toggle(String identity) {
    if (!allowed.remove(identity)) {
      allowed.add(identity);
    }
  }

  /** A resource reads its function, unless it is suspended. */
  void read(Resource one) {
    if (one.part() != Part.RESTS) {
      proofs.compute(
          one.identity(),
          (identity, known) ->
              Objects.requireNonNullElse(known, IdentityProofs.NONE)
                  .with(
                      new NamedFunction(one.bare() ? null : ACCOUNT, HOMES.get(identity)),
                      "session",
                      isAllowed(one),
                      ACCOUNT,
                      ++numbers));
    }
  }

  boolean isAllowed(Resource one) {
    return allowed.contains(one.identity());
  }

  /** Before the first answer nobody knows the account of a tenant. */
  private static NamedFunction spelling(Resource one) {
    return new NamedFunction(
        one.bare() ? null : ACCOUNT, one.identity().isEmpty() ? HOMES.get("") : null);
  }

  Ownership ownership(Resource one) {
    return OwnershipRule.of(
        claimant(one),
        resources.values().stream()
            .filter(other -> !other.equals(one))
            .map(this::claimant)
            .toList());
  }

  Claimant claimant(Resource one) {
    IdentityProofs known = proofs.getOrDefault(one.identity(), IdentityProofs.NONE);
    return new Claimant(
        one.uid(),
        one.created(),
        one.identity(),
        known.account(spelling(one)),
        one.part(),
        known.of(spelling(one)));
  }

  /** The resources that may send an update now. */
  List<Resource> writers() {
    return resources.values().stream()
        .filter(one -> one.part() == Part.WRITES && claimant(one).isProven())
        .filter(one -> ownership(one) instanceof Ownership.Owned)
        .toList();
  }

  /** Each resource reads, and then those that are asked. */
  void settle() {
    List<Resource> all = new ArrayList<>(resources.values());
    Collections.shuffle(all, random);
    all.forEach(this::read);
    for (int i = 0; i < 2 * all.size(); i++) {
      for (Resource one : all) {
        if (one.part() == Part.WRITES
            && ownership(one) instanceof Ownership.Undecided(String older, List<String> asked)) {
          asked.forEach(uid -> read(Objects.requireNonNull(resources.get(uid))));
        }
      }
    }
  }
}
