"""The entrance of the agents: a code by mail, a link, an identity provider."""
