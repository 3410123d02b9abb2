"""How far annotators agree: what is compared, the figures drawn and in tables, who said what where, all of it saved."""
