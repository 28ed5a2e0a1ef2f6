package hindcast.side;

import hindcast.feedback.LoggedFeedback;
import hindcast.training.SideInformation;
import hindcast.training.SideInformationSource;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.List;

/**
 * What several sources know together; where two know the same, the later one counts.
 *
 * @param sources in the order in which they are asked and told
 */
public record CombinedSource(List<SideInformationSource> sources) implements SideInformationSource {

  public CombinedSource {
    sources = List.copyOf(sources);
  }

  @Override
  public SideInformation of(LoggedFeedback feedback) {
    SideInformation known = SideInformation.NONE;
    for (SideInformationSource source : sources) {
      known = known.and(source.of(feedback));
    }
    return known;
  }

  @Override
  public void learn(List<LoggedFeedback> minibatch) {
    sources.forEach(source -> source.learn(minibatch));
  }

  @Override
  public void write(DataOutput out) throws IOException {
    for (SideInformationSource source : sources) {
      source.write(out);
    }
  }

  @Override
  public void read(DataInput in) throws IOException {
    for (SideInformationSource source : sources) {
      source.read(in);
    }
  }
}
