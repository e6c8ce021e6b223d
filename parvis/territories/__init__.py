"""The tree of territories (agglomération, communes, quartiers prioritaires) and its importers."""
